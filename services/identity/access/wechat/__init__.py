"""WeChat: who has bound a WeChat identity to the account signs in with it, where villagers open links; off unless configured.

Owns: wechat_bindings, wechat_rounds. Emits: identity.wechat_binding.bound, .ended. Hears: identity.resident.corrected, .deceased, .deactivated, .merged, .phone_lost.
Asks: nothing (residents, codes and sessions are wired in the service; WeChat itself over HTTP).
Rooms of its own: `provider.py`, WeChat's interface; `rounds.py`, the word that comes back from WeChat with the browser that went there.

    begin_wechat_sign_in ──> WeChat ──> sign_in_by_wechat ──> a session, as by a password but never new enough for what cannot be undone
    a code to the proven phone ──> begin_wechat_binding ──> WeChat ──> bind_wechat ──bound──> end_wechat_binding, or what ends the account ──ended

One WeChat identity opens one account, and one account has one. Kept are a keyed hash of the identity's `openid` and the times; never a token, a
nickname or a picture: what is asked of WeChat is the scope `snsapi_base`, which gives none. A binding proves nothing about a person: the assurance stays.
"""
