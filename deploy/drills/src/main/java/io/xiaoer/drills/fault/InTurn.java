package io.xiaoer.drills.fault;

import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/// Several faults, each when what the one before hit is back.
///
/// @param faults for who wants to strike each at a moment of their own
public record InTurn(List<Fault> faults) implements Fault {

    static InTurn killing(List<String> services) {
        return new InTurn(services.stream()
                .map(service -> (Fault) new Killed(List.of(service), false))
                .toList());
    }

    @Override
    public void strike(DrilledSuite suite, RandomGenerator chance) throws IOException, InterruptedException {
        for (Fault fault : faults) {
            fault.strike(suite, chance);
        }
    }
}
