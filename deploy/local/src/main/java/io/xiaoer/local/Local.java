package io.xiaoer.local;

import io.xiaoer.local.command.Command;
import io.xiaoer.local.command.Commands;
import io.xiaoer.local.command.Refusal;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;

/// The entry: one command per call. It ends with 0 when the command did what it says, with 1 and one plain sentence on
/// the error stream when it could not, and with 2 and the usage when the words name no command.
public final class Local {

    private Local() {}

    public static void main(String[] words) {
        var code = run(Arrays.asList(words));
        System.out.flush();
        // Not a mere return: a command may leave threads that wait for nothing any more.
        System.exit(code);
    }

    private static int run(List<String> words) {
        try {
            return Commands.from(words).run();
        } catch (Command.NotUnderstood e) {
            System.err.println(e.getMessage());
            System.err.println(Commands.usage());
            return 2;
        } catch (Refusal e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            return 130;
        } catch (AccessDeniedException e) {
            System.err.println(
                    "%s is somebody else's: %s may not use it".formatted(e.getFile(), System.getProperty("user.name")));
            return 1;
        } catch (Exception e) {
            return unexpected(e);
        }
    }

    /// What the system refuses (a full disk, one that is read only) it says why in a few words.
    private static int unexpected(Exception e) {
        if (e instanceof FileSystemException refused && refused.getReason() != null) {
            System.err.println("%s: %s".formatted(refused.getFile(), refused.getReason()));
        } else {
            System.err.println("This should not have happened: " + e);
            e.printStackTrace(System.err);
        }
        return 1;
    }
}
