proc early*(): int = 1
import back
proc show*() = echo value()
proc late*(): int = 2
