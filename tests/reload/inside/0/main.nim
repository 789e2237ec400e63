# A reload from inside a reloadable proc: its frame goes on in the old body, what it calls is current.
import logic

proc step*() =
  update()
