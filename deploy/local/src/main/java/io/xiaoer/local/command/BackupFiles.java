package io.xiaoer.local.command;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.data.DataDirectory;
import java.io.IOException;
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

    /// @return where the copy is
    static Path copyOut(DataDirectory data, String name, Path to) throws Refusal, IOException {
        var from = data.backups().resolve(name);
        if (!Files.exists(from.resolve(MANIFEST))) {
            throw new Refusal("The backup is kept by another store, as BACKUP_TARGET says; copy it from there");
        }
        return copy(from, to.resolve(name));
    }

    /// @return the name under which the suite finds it
    static String copyIn(DataDirectory data, Path from) throws Refusal, IOException {
        var directory = from.toAbsolutePath().normalize();
        if (!Files.exists(directory.resolve(MANIFEST))) {
            throw new Refusal("There is no backup in " + directory);
        }
        var name = directory.getFileName().toString();
        if (!NAME.matcher(name).matches()) {
            throw new Refusal("'%s' is no name of a backup: keep the name that it was made under".formatted(name));
        }
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
        try {
            var manifest = JSON.parseObject(Files.readAllBytes(directory.resolve(MANIFEST)));
            var parts = manifest == null ? null : manifest.getJSONArray("parts");
            return parts == null ? List.of() : parts.toJavaList(JSONObject.class);
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
