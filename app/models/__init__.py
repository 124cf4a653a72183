"""Tables and nothing but tables: columns, constraints, connection, migrations."""
