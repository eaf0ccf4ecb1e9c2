"""A small conference of our own, as a workbook."""

import io
from datetime import time as day_time

import xlsxwriter


def sheets(**changes):
    """The sheets of a small conference of our own."""
    parameters = [["Sessions", "", "", "Weights", ""], ["Zone", "GMT+1", "", "", 1]]
    parameters += [["", "", "", "", 1] for _ in range(15)]
    for row, hour in ((3, 9), (4, 21), (6, 7), (7, 23)):
        parameters[row][1] = day_time(hour)
    parameters[8][1], parameters[10][1] = 1, 10
    columns = ["Mon", "Tue", "Big", "Small"]
    rows = [
        ["a", "X", 1, 1, "GMT+1", "ann", "", 5, "", "", ""],
        ["b", "X", 1, 2, "GMT+9", "bob", "", "", "", "", ""],
        ["c", "Y", 2, 0, "GMT-5", "ann", "cid", "", "", "", 2],
        ["d", "Z", 1, 0, "GMT+1", "dan", "ann", "", "", "", ""],
        ["e", "Z", 1, 0, "GMT+1", "eve, dan", "", "", "", 3, ""],
    ]
    head = [
        "Reference",
        "Track",
        "Required Timeslots",
        "Order",
        "Time Zone",
        "Presenters",
        "Attendees",
    ]
    made = {
        "parameters": parameters,
        "submissions": [[*head, *columns], *rows],
        "tracks": [["Tracks", "Chairs"], ["X", "cid"], ["Y", ""], ["Z", "bob"]],
        "sessions": [
            ["Sessions", "Slots", "Date", "Start", "End"],
            ["Mon", 2, "", day_time(10), day_time(11)],
            ["Tue", 2, "", day_time(16), day_time(17)],
        ],
        "rooms": [["Rooms"], ["Big"], ["Small"]],
        "tracks_sessions|penalty": [["", "Mon", "Tue"], ["X", 1, ""], ["Y", "", 3], ["Z", "", ""]],
        "tracks_rooms|penalty": [["", "Big", "Small"], ["X", "", 1], ["Y", "", ""], ["Z", 2, ""]],
        "similar tracks": [
            ["", "X", "Y", "Z"],
            ["X", "", 4, ""],
            ["Y", "", "", ""],
            ["Z", "", "", ""],
        ],
        "sessions_rooms|penalty": [["", "Big", "Small"], ["Mon", "", ""], ["Tue", "", 1]],
    }
    return {name: rows for name, rows in {**made, **changes}.items() if rows is not None}


def workbook(found):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    hour = book.add_format({"num_format": "hh:mm:ss"})
    for name, rows in found.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, day_time):
                    sheet.write_datetime(row, column, cell, hour)
                elif cell != "":
                    sheet.write(row, column, cell)
    book.close()
    return content.getvalue()
