package io.xiaoer.ordersync.command;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Shows a merchant where a command stands.
@RestController
class CommandController {
    private final Commands commands;

    CommandController(Commands commands) {
        this.commands = commands;
    }

    @GetMapping("/api/v1/commands/{id:[0-9]+}")
    Answer<Resource<CommandView>> show(Caller caller, @PathVariable String id) {
        return commands.find(caller.requireShop(), id)
                .map(CommandView::of)
                .map(Answer::of)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such command"));
    }
}
