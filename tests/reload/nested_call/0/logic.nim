proc unused*() = discard
