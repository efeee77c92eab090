"""w"""
def every(): return {}
