package io.xiaoer.bot.dialog;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Decider;
import io.xiaoer.bot.decide.Stage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts a dialog engine at its two stages.
@Configuration(proxyBeanMethods = false)
class DialogStages {

    @Bean
    AnswerSource runningDialog(DialogSource dialogs) {
        return AnswerSource.patient(Stage.RUNNING_DIALOG, Decider.DIALOG_PATIENCE, dialogs::resume);
    }

    @Bean
    AnswerSource startedDialog(DialogSource dialogs) {
        return AnswerSource.patient(Stage.STARTED_DIALOG, Decider.DIALOG_PATIENCE, dialogs::begin);
    }
}
