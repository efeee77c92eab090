"""Contacts of a village or a town: by which phone its office is reached, where it is, and when somebody is there.

Owns: contacts. Emits: identity.contact.told. Hears: nothing. Asks: nothing (divisions and residents are wired in the service).

They are facts of an office and public, unlike the rota, which names people. Every page of somebody who is signed in tells those of
the own village.
"""
