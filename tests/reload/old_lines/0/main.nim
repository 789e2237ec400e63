# Running frames and closures of an old version are told with the lines of their text, what stayed with those of the new one.
import logic

keep()
proc step*() = run()
run()
