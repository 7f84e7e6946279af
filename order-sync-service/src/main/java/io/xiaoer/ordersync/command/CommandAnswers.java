package io.xiaoer.ordersync.command;

import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import java.net.URI;
import org.springframework.http.ResponseEntity;

/// The answer to a command that was taken: 202, where to look, and the command as it was then.
public final class CommandAnswers {
    private CommandAnswers() {}

    public static ResponseEntity<Answer<Resource<CommandView>>> accepted(Command command) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/commands/" + command.id()))
                .body(Answer.of(CommandView.of(command)));
    }
}
