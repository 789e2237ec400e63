proc show*() = echo "away"
