package io.xiaoer.local.suite;

import io.xiaoer.local.server.DirectoryTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the script unpacked of a module's jar, in a folder that is named by the jar's content, its libraries
/// beside it: `target/run/SUM/NAME.jar`. `target/run/current` names the newest.
///
/// A suite runs from the folders that were current when it was started, and holds them for as long as its
/// supervisor lives. Services outlive a supervisor that was killed, and load classes from the folder until
/// they are ended: what the command line of a process names is in use as well. A build meanwhile, for
/// another suite of this tree, unpacks beside them. What is neither current nor in use is deleted at the
/// next start, and so is what builds before these folders left in `target/run` itself.
///
/// @param held its open file `lock` has a shared lock, which goes with the process
record RunFolder(Path jar, FileChannel held) implements AutoCloseable {
    private static final String SUM = "[0-9]+-[0-9]+";
    private static final String LOCK = "lock";
    private static final String LIBRARIES = "lib";
    private static final int TRIES = 100;
    /// One that was just unpacked is made current in a moment.
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /// The jar that a start of the module now would take; empty if none is unpacked.
    static Optional<Path> current(Path module) throws IOException {
        try {
            var run = folder(module);
            var sum = Files.readString(run.resolve("current")).strip();
            var jar = run.resolve(sum).resolve(module.getFileName() + ".jar");
            return sum.matches(SUM) && Files.exists(jar) ? Optional.of(jar) : Optional.empty();
        } catch (NoSuchFileException nothingUnpacked) {
            return Optional.empty();
        }
    }

    /// By its real path: a tree is one, by whatever link it is reached, and what a command line names is found.
    private static Path folder(Path module) throws IOException {
        return module.resolve("target/run").toRealPath();
    }

    /// Holds what is current. One that is deleted under our hands is not current any more: then the next is.
    static RunFolder hold(Path module) throws IOException {
        for (var tries = 0; tries < TRIES; tries++) {
            var jar = current(module);
            if (jar.isEmpty()) {
                break;
            }
            var held = lock(jar.get().resolveSibling(LOCK), true);
            if (held.isPresent() && Files.exists(jar.get())) {
                return new RunFolder(jar.get(), held.get());
            }
            if (held.isPresent()) {
                held.get().close();
            }
        }
        throw new IOException("%s is not built; ./xiaoer up builds it".formatted(module));
    }

    /// Deletes what nobody runs from and nobody will. This one stays though a newer was made current
    /// meanwhile: its lock is not even tried, for a process that closes a file has no lock on it any more.
    void sweep(Path module) throws IOException {
        try {
            deleteUnused(module);
        } catch (NoSuchFileException | DirectoryNotEmptyException anotherStartSweepsToo) {
            // What is left goes at the next start.
        }
    }

    private void deleteUnused(Path module) throws IOException {
        var current = current(module).map(Path::getParent);
        var name = String.valueOf(module.getFileName()) + ".jar";
        var run = folder(module);
        for (var folder : folders(run)) {
            var isOld = Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isBefore(Instant.now().minus(YOUNG));
            boolean isWanted = folder.equals(jar.getParent()) || current.equals(Optional.of(folder));
            if (isOld && !isWanted && !isRunFrom(folder.resolve(name))) {
                var alone = lock(folder.resolve(LOCK), false);
                if (alone.isPresent()) {
                    try (var _ = alone.get()) {
                        delete(folder, name);
                    }
                }
            }
        }
        if (Files.exists(run.resolve(name)) && !isRunFrom(run.resolve(name))) {
            DirectoryTree.delete(run.resolve(LIBRARIES));
            Files.deleteIfExists(run.resolve(name));
        }
    }

    /// The jar goes first: whoever dies over it leaves a folder that does not look as if it were whole.
    private static void delete(Path folder, String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
        DirectoryTree.delete(folder);
    }

    private static boolean isRunFrom(Path jar) {
        var path = jar.toAbsolutePath().toString();
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .anyMatch(line -> line.contains(path));
    }

    private static List<Path> folders(Path run) throws IOException {
        if (!Files.isDirectory(run)) {
            return List.of();
        }
        try (var all = Files.list(run)) {
            return all.filter(each -> String.valueOf(each.getFileName()).matches(SUM))
                    .toList();
        }
    }

    /// Empty if another process is in the way, or the folder is gone.
    private static Optional<FileChannel> lock(Path file, boolean isShared) throws IOException {
        try {
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock(0, Long.MAX_VALUE, isShared) != null) {
                return Optional.of(channel);
            }
            channel.close();
            return Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
