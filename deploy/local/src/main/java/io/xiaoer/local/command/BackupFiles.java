package io.xiaoer.local.command;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.data.DataDirectory;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// Copies of backups into and out of the data directory, where the suite keeps them unless it was given another target.
final class BackupFiles {
    private static final String MANIFEST = "manifest.json";
    private static final Pattern NAME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{9}Z)?");

    private BackupFiles() {}

    /// A target that takes nothing is known before the work, not after it. Permissions alone do not tell: those
    /// of `/proc` allow it.
    static void requireRoom(Path to) throws Refusal {
        try {
            Files.createDirectories(to);
            Files.delete(Files.createTempFile(to, ".xiaoer", null));
        } catch (IOException e) {
            throw new Refusal("Nothing can be written to %s (%s); name another directory with --to"
                    .formatted(to.toAbsolutePath(), why(e)));
        }
    }

    private static String why(IOException e) {
        return e instanceof FileSystemException refused && refused.getReason() != null
                ? refused.getReason()
                : e.getClass().getSimpleName();
    }

    /// @return where the copy is
    static Path copyOut(DataDirectory data, String name, Path to) throws Refusal, IOException {
        var from = data.backups().resolve(name);
        if (!Files.exists(from.resolve(MANIFEST))) {
            throw new Refusal("The backup is kept by another store, as BACKUP_TARGET says; copy it from there");
        }
        try {
            return copy(from, to.resolve(name));
        } catch (IOException e) {
            throw new Refusal("The backup is in %s; the copy to %s did not succeed (%s)"
                    .formatted(from, to.toAbsolutePath(), why(e)));
        }
    }

    /// @return the name under which the suite finds it
    static String copyIn(DataDirectory data, Path from) throws Refusal, IOException {
        var directory = from.toAbsolutePath().normalize();
        if (!Files.exists(directory.resolve(MANIFEST))) {
            throw new Refusal("There is no backup in " + directory);
        }
        var name = directory.getFileName().toString();
        requireName(directory, name);
        var home = data.backups().resolve(name);
        if (Files.exists(home.resolve(MANIFEST))
                && Files.mismatch(directory.resolve(MANIFEST), home.resolve(MANIFEST)) >= 0) {
            throw new Refusal("Another backup of that name is kept in " + home + "; move it away first");
        }
        requireWhole(directory);
        if (!Files.exists(home.resolve(MANIFEST)) || differs(directory, home)) {
            copy(directory, home);
        }
        return name;
    }

    /// Whether one that lies in the data directory does so under the name that it was made under.
    static void requireName(DataDirectory data, String name) throws Refusal, IOException {
        var home = data.backups().resolve(name);
        if (Files.exists(home.resolve(MANIFEST))) {
            requireName(home, name);
        }
    }

    /// Under another name it would be kept beside the one that it is, and deleted at another time.
    private static void requireName(Path directory, String name) throws Refusal, IOException {
        var made = manifest(directory).getString("name");
        if (made != null && NAME.matcher(made).matches() && !made.equals(name)) {
            throw new Refusal(
                    "%s holds the backup %s: give the directory that name, then restore it".formatted(directory, made));
        }
        if (!NAME.matcher(name).matches()) {
            throw new Refusal("'%s' is no name of a backup: keep the name that it was made under".formatted(name));
        }
    }

    /// Whether the data directory has something under the name of that directory.
    static boolean isKept(DataDirectory data, Path from) {
        return Files.exists(
                data.backups().resolve(from.toAbsolutePath().normalize().getFileName()));
    }

    /// One that was cut on its way must not be kept under the name at which a whole one is looked for.
    private static void requireWhole(Path directory) throws Refusal, IOException {
        for (var part : parts(directory)) {
            var object = String.valueOf(part.getString("object"));
            var file = directory.resolve(object);
            if (object.contains("/")
                    || !Files.isRegularFile(file)
                    || !sha256(file).equals(part.getString("sha256"))) {
                throw new Refusal(
                        "The backup in %s is not whole: %s is missing, cut or altered".formatted(directory, object));
            }
        }
    }

    private static List<JSONObject> parts(Path directory) throws Refusal, IOException {
        var parts = manifest(directory).getJSONArray("parts");
        return parts == null ? List.of() : parts.toJavaList(JSONObject.class);
    }

    private static JSONObject manifest(Path directory) throws Refusal, IOException {
        try {
            var manifest = JSON.parseObject(Files.readAllBytes(directory.resolve(MANIFEST)));
            return manifest == null ? new JSONObject() : manifest;
        } catch (JSONException e) {
            throw new Refusal("The backup in %s is not whole: its %s is cut or altered".formatted(directory, MANIFEST));
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }

    private static boolean differs(Path directory, Path home) throws IOException {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                var kept = home.resolve(file.getFileName());
                if (!Files.exists(kept) || Files.mismatch(file, kept) >= 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /// The manifest last: a copy that was cut short is none.
    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.filter(each -> !each.endsWith(MANIFEST)).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(from.resolve(MANIFEST), to.resolve(MANIFEST), StandardCopyOption.REPLACE_EXISTING);
        return to;
    }
}
