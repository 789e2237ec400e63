discard """
  errormsg: "Exception can raise an unlisted exception: Exception"
  line: 9
"""
# A variable without a type has that of its value, effects included.
proc good() = discard
let held = good
let given: proc () = good
proc g() {.raises: [].} = given()
proc f() {.raises: [].} = held()
