-- What was found out about one stack.
SELECT parts, toString(grouped_by) AS grouped_by, unresolved
FROM error_stacks FINAL
WHERE app = {app:String} AND stack_id = {stack:UInt64}
