# An edit that nothing which runs can reach is said: of a proc that nobody calls, of the top level, of comments and unused consts.
import logic, std/hotcodereloading

echo "top level"
logic.atStart()

proc step*() =
  performCodeReload()
  let last = lastReload()
  echo used(), " ", viaTable(0), " ", saved(), " effective: ", last.effective, " unreached: ", last.unreached
