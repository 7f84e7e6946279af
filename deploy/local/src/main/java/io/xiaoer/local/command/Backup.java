package io.xiaoer.local.command;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Makes a backup of the running suite now and says how much is in it.
final class Backup implements Command {
    private final DataDirectory data;
    private final Optional<Path> to;

    /// @param to a directory that gets a copy of it
    Backup(DataDirectory data, Optional<Path> to) {
        this.data = data;
        this.to = to;
    }

    @Override
    public int run() throws Refusal, IOException, InterruptedException {
        var suite = BackupCalls.of(data);
        if (to.isPresent()) {
            BackupFiles.requireRoom(to.get());
        }
        var made = suite.make();
        var name = made.data().getString("id");
        System.out.println("Backup " + name + ": " + BackupCalls.counted(rows(made.attributes())));
        if (to.isPresent()) {
            System.out.println("Copied to " + BackupFiles.copyOut(data, name, to.get()));
        }
        return 0;
    }

    private static JSONObject rows(JSONObject attributes) {
        var rows = attributes.getJSONObject("rows");
        return rows == null ? new JSONObject() : rows;
    }
}
