A = 1  # the module says nothing
