# Tables that no global leads to, or only by way of a ptr or an iterator that waits, are not brought in step with an edited `hash`: warnings name who has them.
import m
proc step*() = show()
show()
