# Another comment.
import far
proc deep*(): int = distance() + 2
include part
