discard """
  errormsg: "invalid pragma: warning[Forgotten]: off"
  line: 6
"""
{.push hint[XDeclaredButNotUsed]: off.}
{.push warning[Forgotten]: off.}
