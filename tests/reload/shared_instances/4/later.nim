import counts
proc more*(): int = count[int]()
echo "joins ", more()
