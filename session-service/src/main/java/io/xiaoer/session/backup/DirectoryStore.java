package io.xiaoer.session.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Backups in a directory of one machine, readable by its owner alone. An object is there whole or not at all.
final class DirectoryStore implements BackupStore {

    private final Path root;

    DirectoryStore(Path root) {
        this.root = root;
    }

    @Override
    public void put(String backup, String object, byte[] bytes) {
        var directory = root.resolve(backup);
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var file = Files.createTempFile(directory, object, ".part");
            Files.write(file, bytes);
            Files.move(
                    file,
                    directory.resolve(object),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StoreAway("cannot write below " + root, e);
        }
    }

    @Override
    public Optional<byte[]> get(String backup, String object) {
        try {
            return Optional.of(Files.readAllBytes(root.resolve(backup).resolve(object)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreAway("cannot read below " + root, e);
        }
    }

    @Override
    public List<String> backups() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (var found = Files.list(root)) {
            return found.filter(Files::isDirectory)
                    .map(each -> each.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new StoreAway("cannot read " + root, e);
        }
    }

    @Override
    public void delete(String backup) {
        var directory = root.resolve(backup);
        try {
            Files.deleteIfExists(directory.resolve(Manifest.OBJECT));
            try (var found = Files.walk(directory)) {
                for (var path : found.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        } catch (NoSuchFileException gone) {
            // Somebody else deleted it, which is what was wanted.
        } catch (IOException e) {
            throw new StoreAway("cannot delete below " + root, e);
        }
    }
}
