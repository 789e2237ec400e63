# A comment.
import far
proc deep*(): int = distance() + 1
include part
