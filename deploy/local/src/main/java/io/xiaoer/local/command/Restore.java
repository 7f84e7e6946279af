package io.xiaoer.local.command;

import io.xiaoer.local.data.DataDirectory;
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
        var name = Files.isDirectory(Path.of(from)) ? BackupFiles.copyIn(data, Path.of(from)) : from;
        var restored = BackupCalls.of(data).restore(name);
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
}
