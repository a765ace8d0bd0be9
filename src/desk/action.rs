//! The vocabulary of the desk: everything it can be told to do, under one name that the key tables, the
//! palette, the help, the hints and the tests share. Names and descriptions for people stand in `text/*.ftl`.

macro_rules! actions {
    ($($action:ident = $name:literal,)+) => {
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum Action {
            $($action,)+
        }

        impl Action {
            pub const ALL: &[Action] = &[$(Action::$action,)+];

            pub fn name(self) -> &'static str {
                match self {
                    $(Action::$action => $name,)+
                }
            }
        }
    };
}

actions! {
    Save = "save",
    UndoSave = "undo_save",
    Dial = "dial",
    DialNumber = "dial_number",
    HangUp = "hang_up",
    Transfer = "transfer",
    Hold = "hold",
    Consult = "consult",
    HandOver = "hand_over",
    TakeBack = "take_back",
    Tag = "tag",
    AddPhone = "add_phone",
    LogByHand = "log_by_hand",
    CopyNumber = "copy_number",
    History = "history",
    Connection = "connection",
    Details = "details",
    Script = "script",
    SwapCard = "swap_card",
    Listen = "listen",
    PlayPause = "play_pause",
    StepBack = "step_back",
    StepOn = "step_on",
    LeapBack = "leap_back",
    LeapOn = "leap_on",
    Faster = "faster",
    Slower = "slower",
    SkipSilence = "skip_silence",
    LoopPart = "loop_part",
    MarkPlace = "mark_place",
    NextRecording = "next_recording",
    PreviousRecording = "previous_recording",
    KeepRecording = "keep_recording",
    SaveCopy = "save_copy",
    PlayOnPhone = "play_on_phone",
    Report = "report",
    Missed = "missed",
    Filter = "filter",
    Views = "views",
    SaveView = "save_view",
    RenameView = "rename_view",
    CopyLine = "copy_line",
    ReadLine = "read_line",
    Clear = "clear",
    ClearAll = "clear_all",
    Refresh = "refresh",
    Export = "export",
    Explain = "explain",
    Sort = "sort",
    Columns = "columns",
    Unfold = "unfold",
    UnfoldAll = "unfold_all",
    Back = "back",
    Mark = "mark",
    NextPane = "next_pane",
    PreviousPane = "previous_pane",
    NextFigure = "next_figure",
    FocusBoard = "focus_board",
    Pick = "pick",
    NextField = "next_field",
    PreviousField = "previous_field",
    Next = "next",
    Previous = "previous",
    NextPage = "next_page",
    PreviousPage = "previous_page",
    First = "first",
    Last = "last",
    Help = "help",
    Palette = "palette",
    Dismiss = "dismiss",
    Quit = "quit",
}

impl Action {
    pub fn named(name: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.name() == name)
    }
}
