def install(app, settings): pass
