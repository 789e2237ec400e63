discard """
  errormsg: "cannot attach a custom pragma to 'pragma_statement_unknown'"
  line: 5
"""
{.nosuch.}
