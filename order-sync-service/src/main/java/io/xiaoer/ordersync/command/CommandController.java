package io.xiaoer.ordersync.command;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Shows a merchant where a command stands, and the bot where one of its shopper's does.
@RestController
class CommandController {
    private final Commands commands;
    private final OnBehalf onBehalf;

    CommandController(Commands commands, OnBehalf onBehalf) {
        this.commands = commands;
        this.onBehalf = onBehalf;
    }

    @GetMapping("/api/v1/commands/{id:[0-9]+}")
    Answer<Resource<CommandView>> show(Caller caller, @PathVariable String id) {
        return commands.find(caller.requireShop(), id)
                .filter(command -> onBehalf.sees(caller, command))
                .map(CommandView::of)
                .map(Answer::of)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such command"));
    }
}
