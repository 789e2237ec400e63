# A *before* handler that raises is a veto. It does not stand in the way of its own repair: what is saved after that leaves out
# a handler that has raised and is edited or removed.
import logic, std/hotcodereloading
proc step*() =
  performCodeReload()
  echo answer()
echo answer()
