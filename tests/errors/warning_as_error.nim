discard """
  errormsg: "use fresh; stale is deprecated [Deprecated]"
  line: 14
"""
# Those that are switched off are no errors either.
{.warnings: on.}
proc stale(x: int) {.deprecated: "use fresh".} = discard
{.warningAsError[Deprecated]: on.}
{.push warning[Deprecated]: off.}
stale(1)
proc quiet() = stale(2)
{.pop.}
quiet()
stale(3)
