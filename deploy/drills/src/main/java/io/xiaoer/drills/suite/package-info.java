/// The suite that a drill runs against: started, looked at and broken as its operator could.
@NullMarked
package io.xiaoer.drills.suite;

import org.jspecify.annotations.NullMarked;
