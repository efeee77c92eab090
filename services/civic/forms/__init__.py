"""Forms: what an office asks, in a closed profile of JSON Schema, and what is made of the answers.

    published document --profile, rules--> definition --walk--> the questions that are asked --> cleaned answers --> what is printed

`profile.json` says what a document may hold, `kinds.py` how an answer to each kind of question is cleaned, `walk.py` which
questions are asked: the pages, the check, the filling from facts and the print all go by it. `answers.py` is what applications use,
`schema.py` tells programs the same as plain JSON Schema. Answers to questions that are not asked any more are dropped before
anything is checked. `writing.py` writes a definition back as a document, `editing.py` changes one
question by question. Who publishes a form is the catalogue's business, who answers it the applications'.
"""
