/// Tests of what shoppers say who ask for a person.
@NullMarked
package io.xiaoer.drills.held;

import org.jspecify.annotations.NullMarked;
