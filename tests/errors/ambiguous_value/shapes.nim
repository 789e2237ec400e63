var count* = 0
