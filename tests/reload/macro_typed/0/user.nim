import shapes, making
proc describe*(): string = fields(Point) & value(unit)
