echo "shared"
var total* = 100
