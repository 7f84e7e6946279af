-- No words stand in a command's arguments, and nothing that its shopper was told stands in its outcome.
UPDATE command SET order_id = JSON_VALUE(arguments, '$.order_id'),
                   arguments = JSON_REMOVE(arguments, '$.reason'),
                   outcome = JSON_REMOVE(outcome, '$.body.content');
