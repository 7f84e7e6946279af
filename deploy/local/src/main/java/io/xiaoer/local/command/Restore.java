package io.xiaoer.local.command;

import io.xiaoer.local.api.Reply;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.server.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Puts a backup back into the running suite and says what of it stands there now. What stands there already wins.
final class Restore implements Command {
    private final DataDirectory data;
    private final String from;

    /// @param from the name of a backup, or a directory that holds one
    Restore(DataDirectory data, String from) {
        this.data = data;
        this.from = from;
    }

    @Override
    public int run() throws Refusal, IOException, InterruptedException {
        var restored = Files.isDirectory(Path.of(from)) ? fromDirectory(Path.of(from)) : fromStore();
        var name = String.valueOf(restored.data().getString("id"));
        var attributes = restored.attributes();
        var rows = attributes.getJSONObject("rows");
        var present = attributes.getJSONObject("present");
        if (rows == null || present == null) {
            throw new Refusal("The suite's answer is not one of a restore");
        }
        var leftOut = attributes.getJSONObject("left_out");
        for (var table : rows.keySet()) {
            long erased = leftOut == null ? 0 : leftOut.getLongValue(table);
            System.out.printf(
                    "%-16s %8d in the backup, %8d of them in the database%s%n",
                    table,
                    rows.getLongValue(table),
                    present.getLongValue(table),
                    erased == 0 ? "" : ", %d left out since their shopper was erased".formatted(erased));
        }
        var meta = restored.json().getJSONObject("meta");
        var whole = meta != null && Boolean.TRUE.equals(meta.getBoolean("whole"));
        System.out.println(whole ? "Restored " + name + ", verified." : "NOT ALL of " + name + " is in the database.");
        return whole ? 0 : 1;
    }

    private Reply fromStore() throws Refusal, IOException, InterruptedException {
        var suite = BackupCalls.of(data);
        BackupFiles.requireName(data, from);
        return suite.restore(from).orElseThrow(() -> new Refusal("The suite has no backup " + from + " in its store"));
    }

    /// The suite looks where it was told to when it was started; a copy that it does not look at is not left behind.
    private Reply fromDirectory(Path directory) throws Refusal, IOException, InterruptedException {
        var suite = BackupCalls.of(data);
        var wasThere = BackupFiles.isKept(data, directory);
        var name = BackupFiles.copyIn(data, directory);
        var restored = suite.restore(name);
        if (restored.isEmpty()) {
            if (!wasThere) {
                DirectoryTree.delete(data.backups().resolve(name));
            }
            throw new Refusal(
                    ("The suite keeps its backups elsewhere, as BACKUP_TARGET said when it was started, and has no"
                                    + " %s there. Copy %s to it under that name, then say ./xiaoer restore %s%s")
                            .formatted(name, directory, name, Commands.where(data)));
        }
        return restored.get();
    }
}
