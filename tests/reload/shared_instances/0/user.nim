import counts
proc use*(): int = count[int]()
echo "first ", use()
