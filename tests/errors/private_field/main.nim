discard """
  errormsg: "the field 'secret' is not accessible."
  line: 6
"""
import other
let v = Vault(secret: 1)
