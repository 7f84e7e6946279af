package io.xiaoer.local.bench;

import io.xiaoer.local.server.Secret;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A table of a schema, locked for writing by a connection of its own: whoever reads it waits. The lock ends with the
/// connection, so no death of ours leaves it behind.
///
/// @param url of the schema
public record LockedTable(String url, String user, Secret password, String table) implements Standstill {

    @Override
    public Held begin() throws IOException {
        try {
            var connection = DriverManager.getConnection(url, user, password.value());
            try (var statement = connection.createStatement()) {
                statement.execute("LOCK TABLES " + table + " WRITE");
            } catch (SQLException refused) {
                connection.close();
                throw refused;
            }
            return () -> {
                try {
                    connection.close();
                } catch (SQLException away) {
                    throw new IOException("The lock of " + table + " ended with its connection", away);
                }
            };
        } catch (SQLException away) {
            throw new IOException("The table " + table + " cannot be locked", away);
        }
    }
}
