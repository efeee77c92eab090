"""Pages for people, in a browser without script: declarations over the operations of the public API.

A page (`pages/<persona>/<page>.py`) names the reads it shows and the acts it offers, as "VERB /path" of the API; its template
(`templates/<persona>/<page>.html`) says them in Chinese. What may be done, what is checked and what is refused stays in the
services: a form is made from the contract of its operation, and a refusal is the sentence that programs get.
Rooms: `declarations.py`, what a page is; `views.py`, from a request to a page; `asking.py`, its reads and acts, and `later.py`, reads
that follow on others; `forms.py`, a contract as inputs, and `steps.py`, a form on several screens; `villages.py`, a village chosen
by its name; `cookies.py`, who is signed in; `acting_for.py`, for whom a helper acts; `stamps.py`, that a form came from us and came
once; `answering.py`, headers and errors; `words.py`, what fields and states are called; `static.py`, style and script.
"""
