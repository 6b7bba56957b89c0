package io.tidewatch.lifeline;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another main class for as long as the parent process lives.
 *
 * <p>The parent keeps the write end of this process's standard input open and never writes to it. However the parent
 * dies, the operating system closes that pipe, the read below returns, and this process halts at once, without
 * shutdown hooks: a server that is told to die this way recovers as after a crash.
 *
 * <p>A terminal sends Ctrl-C, and the news of its own end, to every process that runs in it. This process leaves both to
 * its parent, which knows the right order to end things in, and ends this one with SIGTERM.
 */
public final class Lifeline {
    private Lifeline() {}

    /**
     * @param args the name of the main class to run, then its own arguments
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        leaveToParent("INT");
        leaveToParent("HUP");
        Thread lifeline = new Thread(Lifeline::haltWhenParentIsGone, "lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
        Method main = Class.forName(args[0]).getMethod("main", String[].class);
        main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    }

    /** Reflective, because javac has no way to be told that a use of sun.misc is meant; jdk.unsupported exports it. */
    private static void leaveToParent(String signal) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object ignore = handlerType.getField("SIG_IGN").get(null);
        signalType
                .getMethod("handle", signalType, handlerType)
                .invoke(null, signalType.getConstructor(String.class).newInstance(signal), ignore);
    }

    private static void haltWhenParentIsGone() {
        try {
            while (System.in.read() >= 0) {
                // The parent never writes; whatever arrives means that it is alive.
            }
        } catch (IOException brokenPipe) {
            // The same news as the end of the stream.
        }
        Runtime.getRuntime().halt(1);
    }
}
