import ../a/tool as other
proc run*(): string = "b after " & other.run()
