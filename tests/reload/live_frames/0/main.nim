# Reloads from deep inside, in procs that are edited, removed and given another signature meanwhile.
import logic

proc step*() = outer(3)
