"""What the tests of identity ask for."""

import pytest

from tests.certificates import make_authority
from tests.integration.identity.region_register import load_once
from tests.integration.identity.register_provider import Simulator as RegisterSimulator
from tests.integration.identity.register_scene import Scene as RegisterScene
from tests.integration.identity.sms_scene import Scene as SmsScene
from tests.integration.identity.sms_scene import Simulator
from tests.integration.identity.webhook_scene import Scene
from tests.integration.identity.wechat_scene import Scene as WechatScene
from tests.integration.identity.wechat_scene import Simulator as WechatSimulator
from tests.receiver import receiving


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A certificate for dept.example, its key, and who signed it."""
    return make_authority(tmp_path_factory.mktemp("tls") / "both.pem")


@pytest.fixture
def receiver():
    """An endpoint that takes everything."""
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def scene(database):
    """A sender on a database of its own."""
    scene = Scene(database)
    yield scene
    scene.close()


@pytest.fixture(scope="session")
def simulators():
    """Two SMS providers, each a process."""
    found = (Simulator(), Simulator())
    yield found
    for one in found:
        one.end()


@pytest.fixture
def county(database):
    """A county's register and residents."""
    return RegisterScene(database)


@pytest.fixture(scope="session")
def simulated_register():
    """Another office's register, a process."""
    found = RegisterSimulator()
    yield found
    found.end()


@pytest.fixture(scope="session")
def simulated_wechat():
    """WeChat, a process."""
    found = WechatSimulator()
    yield found
    found.end()


@pytest.fixture
def wechat(database, simulated_wechat):
    """Residents with proven phones, and WeChat as usual."""
    simulated_wechat.behave()
    return WechatScene(database, simulated_wechat)


@pytest.fixture
def office(county, simulated_register):
    """Another office's register, as usual and asked by the county."""
    simulated_register.behave()
    simulated_register.enter()
    county.service.register_provider = simulated_register.client()
    return simulated_register


@pytest.fixture
def sms(database, simulators):
    """Messages on a database of their own, with a sender and both providers."""
    scene = SmsScene(database, *simulators)
    yield scene
    scene.close()


@pytest.fixture(scope="package")
def register(mongo):
    """The loaded divisions in every edition, for tests that only read."""
    yield from load_once(mongo)
