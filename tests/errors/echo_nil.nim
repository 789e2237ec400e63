discard """
  errormsg: "type mismatch: got <typeof(nil)>"
  line: 5
"""
echo nil
