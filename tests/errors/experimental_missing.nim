discard """
  errormsg: "not supported yet: {.experimental: \"strictCaseObjects\".}"
  disabled: nim
  line: 6
"""
{.experimental: "strictCaseObjects".}
echo 1
