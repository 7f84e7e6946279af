package io.xiaoer.drills;

import io.xiaoer.drills.ledger.Breach;
import java.util.List;

/// What a drill found, whatever its load was.
public interface Finding {
    boolean passed();

    List<Breach> breaches();

    /// A few lines for a person.
    String tell();
}
