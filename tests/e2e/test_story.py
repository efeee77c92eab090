"""The story holds on real processes, again and again, and the department's stream bears it out."""

import re


def test_the_story_is_told_to_its_end_and_again_with_new_people(platform):
    for _ in range(2):
        told = platform.run("python", "-m", "deploy.local.story")
        steps = int(re.search(r"The story is told: (\d+) steps held", told).group(1))
        assert steps >= 25
        for what in (
            "exactly one gets it",
            "receipt of 16 digits",
            "Within each aggregate they came in order",
        ):
            assert what in told
