package io.xiaoer.common.setting;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says what to do where settings are missing, instead of where in the code that was noticed.
public final class MissingSettingsAnalyzer extends AbstractFailureAnalyzer<MissingSettings> {
    private static final String ACTION =
            "Set them in the environment of the service and start it again: docs/operations/configuration.md says what"
                    + " each of them means, ./xiaoer env .env makes the secrets.";

    @Override
    protected FailureAnalysis analyze(Throwable root, MissingSettings failure) {
        return new FailureAnalysis(String.valueOf(failure.getMessage()), ACTION, failure);
    }
}
